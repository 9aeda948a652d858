package io.tidelock.deploy.iam;

import io.tidelock.compliance.iam.GrantDocument;
import io.tidelock.compliance.iam.Grants;
import io.tidelock.compliance.iam.Need;
import io.tidelock.compliance.iam.Trust;
import java.util.List;

/** What a configuration needs to be allowed, or why that cannot be said. */
public sealed interface LeastPrivilege {
    /**
     * All is clear.
     *
     * @param needs every action with its resource
     * @param trusts who assumes which role
     * @param notes what a person has to know beside the documents
     */
    record Known(List<Need> needs, List<Trust> trusts, List<String> notes) implements LeastPrivilege {
        public Known {
            needs = List.copyOf(needs);
            trusts = List.copyOf(trusts);
            notes = List.copyOf(notes);
        }

        /** The documents, in the order in which they are to be attached. */
        public List<GrantDocument> documents() {
            return Grants.of(trusts, needs);
        }
    }

    /**
     * The configuration leaves something open.
     *
     * @param gaps all that were found; never empty
     */
    record Open(List<Gap> gaps) implements LeastPrivilege {
        public Open {
            gaps = List.copyOf(gaps);
        }
    }

    /**
     * One thing that the configuration leaves open.
     *
     * @param setting such as {@code stores.paris.account}
     */
    record Gap(String setting, String problem, String remedy) {}
}
