package io.tidelock.deploy.command;

import io.tidelock.deploy.letter.LetterReasons;
import io.tidelock.replicator.rule.document.Suggestion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Why a dead letter is one: a code of this version. */
final class ReasonConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        var codes = LetterReasons.codes();
        if (!codes.contains(text)) {
            throw new TypeConversionException("\"" + text + "\" is no reason of dead letters"
                    + Suggestion.question(text, codes) + "; 'tidelock dead-letters list' names those that there are");
        }
        return text;
    }
}
