package io.tidelock.deploy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.util.List;
import net.logstash.logback.decorate.JsonFactoryDecorator;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.LoggerFactory;

/** Makes the process log as its configuration says. */
public final class LogSetup {
    /** Where logback finds how to log until the configuration is read; named by {@code main}. */
    public static final String UNTIL_CONFIGURED = "tidelock-logback.xml";

    /** Keys and details come from outside: no control character of theirs reaches a terminal. */
    private static final String TEXT =
            "%d{HH:mm:ss.SSS} %-5level %-20.20logger{0} %msg %replace(%kvp{DOUBLE}){'\\p{Cntrl}','?'}%n%ex{5}";

    /** What they tell at level info is for those who develop them. */
    private static final List<String> LIBRARIES =
            List.of("org.apache.kafka", "org.apache.hc", "software.amazon.awssdk", "io.netty", "io.vertx");

    /** Warns, partition by partition, whenever a partition is let go while its offsets are asked for, which costs nothing. */
    private static final String OFFSETS = "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils";

    private LogSetup() {}

    /** Replaces whatever logback did before. */
    public static void apply(LogConfig config) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.convertAnSLF4JLevel(config.level()));
        if (root.getLevel() == Level.INFO) {
            LIBRARIES.forEach(library -> context.getLogger(library).setLevel(Level.WARN));
            context.getLogger(OFFSETS).setLevel(Level.ERROR);
        }
        config.levels().forEach((name, level) -> context.getLogger(name).setLevel(Level.convertAnSLF4JLevel(level)));
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("stdout");
        appender.setEncoder(encoder(config.format(), context));
        appender.start();
        root.addAppender(appender);
    }

    static Encoder<ILoggingEvent> encoder(LogConfig.Format format, LoggerContext context) {
        var encoder = switch (format) {
            case JSON -> json();
            case TEXT -> text();
        };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json() {
        var names = new LogstashFieldNames();
        names.setTimestamp("time");
        names.setLogger("logger");
        names.setThread("thread");
        names.setStackTrace("error");
        names.setLevelValue(null);
        names.setVersion(null);
        var encoder = new LogstashEncoder();
        encoder.setFieldNames(names);
        encoder.setTimeZone("UTC");
        encoder.setJsonFactoryDecorator(new ObjectsAsText());
        return encoder;
    }

    private static Encoder<ILoggingEvent> text() {
        var encoder = new PatternLayoutEncoder();
        encoder.setPattern(TEXT);
        return encoder;
    }

    /** Makes Jackson write objects as text. */
    private static final class ObjectsAsText implements JsonFactoryDecorator {
        @Override
        public JsonFactory decorate(JsonFactory factory) {
            if (factory.getCodec() instanceof ObjectMapper mapper) {
                mapper.registerModule(new SimpleModule().setSerializerModifier(new AsText()));
            }
            return factory;
        }
    }

    /** Shows objects by their {@code toString}, which keeps secrets back; not by their fields, which do not. */
    private static final class AsText extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
            return serializer instanceof BeanSerializerBase ? ToStringSerializer.instance : serializer;
        }
    }
}
