package io.tidelock.compliance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionEvaluationTest {
    private static Truth evaluate(String condition, RequestContext context) {
        var statement =
                Policies.policy(Policies.allow("'*'", condition)).statements().getFirst();
        return ConditionEvaluation.evaluate(statement, context, true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "StringEquals; 'a'; a; TRUE",
                "StringEquals; 'a'; A; FALSE",
                "StringEquals; ['b','a']; a; TRUE",
                "StringEquals; 'a*'; ab; FALSE",
                "StringNotEquals; ['a','b']; a; FALSE",
                "StringNotEquals; ['a','b']; c; TRUE",
                "StringEqualsIgnoreCase; 'AbC'; aBc; TRUE",
                "StringNotEqualsIgnoreCase; 'AbC'; aBc; FALSE",
                "StringLike; 'a*c?'; abbcd; TRUE",
                "StringLike; 'a*c?'; abbc; FALSE",
                "StringNotLike; 'a*'; abc; FALSE",
                "NumericEquals; 10; 10.0; TRUE",
                "NumericNotEquals; 10; 10; FALSE",
                "NumericLessThan; '10'; 9; TRUE",
                "NumericLessThanEquals; 10; 10; TRUE",
                "NumericGreaterThan; 600000; 600001; TRUE",
                "NumericGreaterThanEquals; 10; 9; FALSE",
                "NumericEquals; 'ten'; 10; UNKNOWN",
                "DateEquals; '2020-01-01T00:00:00Z'; 1577836800; TRUE",
                "DateNotEquals; '2020-01-01'; 2020-01-02; TRUE",
                "DateLessThan; '2020-01-01T00:00:00Z'; 2019-12-31T23:59:59Z; TRUE",
                "DateLessThanEquals; '2020-01-01T02:00:00+02:00'; 2020-01-01T00:00:00Z; TRUE",
                "DateGreaterThan; '2020-01-01T00:00:00Z'; 2019-12-31T23:59:59Z; FALSE",
                "DateGreaterThanEquals; 'yesterday'; 2019-12-31T23:59:59Z; UNKNOWN",
                "Bool; true; true; TRUE",
                "Bool; 'false'; True; FALSE",
                "BinaryEquals; 'QmluYXJ5'; QmluYXJ5; TRUE",
                "IpAddress; '203.0.113.0/24'; 203.0.113.7; TRUE",
                "IpAddress; '203.0.113.0/24'; 203.0.114.7; FALSE",
                "NotIpAddress; ['10.0.0.0/8','203.0.113.0/24']; 203.0.113.7; FALSE",
                "IpAddress; '2001:db8::/32'; 2001:db8:1::5; TRUE",
                "IpAddress; 'example.com'; 10.0.0.1; UNKNOWN",
                "ArnEquals; 'arn:aws:sns:*:111122223333:*'; arn:aws:sns:eu-west-1:111122223333:t; TRUE",
                "ArnLike; 'arn:aws:sns:*:t'; arn:aws:sns:eu-west-1:111122223333:t; FALSE",
                "ArnNotEquals; 'arn:aws:s3:::b'; arn:aws:s3:::b; FALSE",
                "ArnNotLike; 'arn:aws:s3:::c*'; arn:aws:s3:::b; TRUE",
                "Null; 'false'; a; TRUE",
                "Null; true; a; FALSE",
                "StringMatches; 'a'; a; UNKNOWN"
            })
    void every_operator_on_a_key_that_is_there(String operator, String values, String actual, Truth expected) {
        assertThat(evaluate("{'" + operator + "':{'k':" + values + "}}", RequestContext.UNKNOWN.with("K", actual)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "StringEquals, FALSE",
        "StringNotEquals, TRUE",
        "StringNotLike, TRUE",
        "ArnNotLike, TRUE",
        "NotIpAddress, TRUE",
        "Bool, FALSE",
        "NumericLessThan, FALSE",
        "StringEqualsIfExists, TRUE",
        "StringNotEqualsIfExists, TRUE",
        "BoolIfExists, TRUE",
        "ForAllValues:StringEquals, TRUE",
        "ForAnyValue:StringEquals, FALSE",
        "ForAnyValue:StringEqualsIfExists, UNKNOWN",
        "Null, FALSE"
    })
    void every_kind_of_operator_on_a_key_that_is_missing(String operator, Truth expected) {
        assertThat(evaluate("{'" + operator + "':{'k':'false'}}", RequestContext.UNKNOWN.without("k")))
                .isEqualTo(expected);
        assertThat(evaluate("{'" + operator + "':{'k':'false'}}", RequestContext.UNKNOWN))
                .isEqualTo(Truth.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "ForAllValues:StringEquals; ['a','b']; a,b; TRUE",
                "ForAllValues:StringEquals; ['a','b']; a,c; FALSE",
                "ForAnyValue:StringEquals; ['a','b']; c,b; TRUE",
                "ForAnyValue:StringEquals; ['a','b']; c,d; FALSE",
                "ForAnyValue:StringNotEquals; ['a','b']; a,c; TRUE",
                "ForAllValues:StringNotEquals; ['a','b']; a,c; FALSE",
                "StringEquals; ['a','b']; a,b; UNKNOWN"
            })
    void sets_of_values(String operator, String values, String actual, Truth expected) {
        assertThat(evaluate(
                        "{'" + operator + "':{'k':" + values + "}}",
                        RequestContext.UNKNOWN.with("k", actual.split(","))))
                .isEqualTo(expected);
    }

    @Test
    void conditions_add_up_and_one_that_fails_decides_over_what_is_unknown() {
        // Given
        String both = "{'StringEquals':{'k':'a','l':'b'},'Bool':{'m':'true'}}";
        var context = RequestContext.UNKNOWN.with("k", "a").with("l", "b");

        // Then
        assertThat(evaluate(both, context)).isEqualTo(Truth.UNKNOWN);
        assertThat(evaluate(both, context.with("m", "true"))).isEqualTo(Truth.TRUE);
        assertThat(evaluate(both, context.with("l", "x"))).isEqualTo(Truth.FALSE);
        assertThat(evaluate("'unreadable'", context)).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void variables_take_the_value_of_their_key_or_their_default() {
        // Given
        String condition = "{'StringLike':{'s3:prefix':'home/${aws:username, 'nobody'}/*'}}";
        var context = RequestContext.UNKNOWN.with("s3:prefix", "home/ann/x");

        // Then
        assertThat(evaluate(condition.replace(", 'nobody'", ""), context)).isEqualTo(Truth.UNKNOWN);
        assertThat(evaluate(condition.replace(", 'nobody'", ""), context.with("aws:username", "ann")))
                .isEqualTo(Truth.TRUE);
        assertThat(evaluate(condition.replace(", 'nobody'", ""), context.with("aws:username", "*")))
                .isEqualTo(Truth.UNKNOWN);
        assertThat(Substitution.resolve("${k, 'x'}", RequestContext.UNKNOWN.without("k")))
                .contains("x");
        assertThat(Substitution.resolve("a${", RequestContext.UNKNOWN)).isEmpty();
    }
}
