package dev.peerscope.api;

import java.time.Duration;

import jakarta.servlet.Filter;
import org.apache.catalina.core.StandardContext;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.node.ExchangeNode;

/** How requests are read and answered: parameters, bodies, and what stands before the controllers. */
@Configuration(proxyBeanMethods = false)
class ApiWebConfiguration implements WebMvcConfigurer {

    private static final Duration UNLOAD_DELAY = Duration.ofMillis(100);

    @Override
    public void addFormatters(FormatterRegistry registry) {
        ParameterReading.addTo(registry);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new KnownParameters()).addPathPatterns(ApiPaths.BASE + "/**");
    }

    /** Who opens the service in a browser sees what it offers. */
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/", "/swagger-ui.html");
    }

    /** A body means what it says: no unknown field, no field twice, no number where text is expected. */
    @Bean
    JsonMapperBuilderCustomizer strictBodies() {
        return json -> json.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @Bean
    FilterRegistrationBean<CommandGuard> commandGuard(OperatorToken token, ProblemWriter problems) {
        return everywhere(new CommandGuard(token, problems), 1);
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(ProblemWriter problems) {
        return everywhere(new BodyLimit(problems), 2);
    }

    @Bean
    FilterRegistrationBean<TaggedReads> taggedReads(ExchangeNode node, ChangeJournal journal,
            RecentAnswers recent) {
        var registration = everywhere(new TaggedReads(node, journal, recent), 3);
        registration.addUrlPatterns(ApiPaths.BASE + "/*");
        return registration;
    }

    /** Behind the report that Spring Boot puts into the container, so that it comes first to an answer that has none yet. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReport(ProblemWriter problems) {
        return server -> server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReport(problems)));
    }

    /** Requests that do not end when the server stops have been waited for already; Tomcat would wait once more. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> promptStop() {
        return server -> server.addContextCustomizers(context -> {
            if (context instanceof StandardContext standard) {
                standard.setUnloadDelay(UNLOAD_DELAY.toMillis());
            }
        });
    }

    private static <F extends Filter> FilterRegistrationBean<F> everywhere(F filter, int place) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100 + place);
        return registration;
    }
}
