package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.budget.Budget;
import io.tidelock.replicator.budget.RuleCharge;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Spends a store's budget on every request that is really sent, before it takes a connection, and on every byte of bodies
 * in both directions, as they move. The rule that the work is charged to pays for requests to either store, and for bytes
 * once, as they are read. Thread-safe.
 */
final class BudgetedHttpClient implements SdkHttpClient {
    private final SdkHttpClient client;
    private final Budget store;

    BudgetedHttpClient(SdkHttpClient client, Budget store) {
        this.client = client;
        this.store = store;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        var budgeted = HttpExecuteRequest.builder().request(request.httpRequest());
        request.metricCollector().ifPresent(budgeted::metricCollector);
        request.contentStreamProvider().ifPresent(body -> budgeted.contentStreamProvider(sent(body)));
        var prepared = client.prepareRequest(budgeted.build());
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                for (var budget : withRule()) {
                    spend(budget::spendRequest);
                }
                return received(prepared.call());
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private List<Budget> withRule() {
        return Stream.concat(Stream.of(store), RuleCharge.current().stream()).toList();
    }

    private ContentStreamProvider sent(ContentStreamProvider body) {
        return () -> new Metered(body.newStream(), List.of(store));
    }

    private HttpExecuteResponse received(HttpExecuteResponse response) {
        var metered = HttpExecuteResponse.builder().response(response.httpResponse());
        response.responseBody()
                .ifPresent(
                        body -> metered.responseBody(AbortableInputStream.create(new Metered(body, withRule()), body)));
        return metered.build();
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }

    /** What takes from a budget. */
    @FunctionalInterface
    private interface Spending {
        void spend() throws InterruptedException;
    }

    private static void spend(Spending spending) throws InterruptedIOException {
        try {
            spending.spend();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var given = new InterruptedIOException("given up while waiting for the budget");
            given.initCause(e);
            throw given;
        }
    }

    /** A body whose bytes are paid for as they come. */
    private static final class Metered extends FilterInputStream {
        private final List<Budget> budgets;

        Metered(InputStream body, List<Budget> budgets) {
            super(body);
            this.budgets = budgets;
        }

        @Override
        public int read() throws IOException {
            var one = super.read();
            pay(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var count = super.read(into, offset, length);
            pay(count);
            return count;
        }

        private void pay(int count) throws IOException {
            if (count > 0) {
                for (var budget : budgets) {
                    spend(() -> budget.spendBytes(count));
                }
            }
        }
    }
}
