package dev.peerscope.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The baseline: Spring MVC on the same server with one controller, no filter, no meter, no tag. It answers with what the real
 * service answered once: as objects that Jackson writes anew for each request, or as bytes that are ready.
 */
@Profile(BareService.PROFILE)
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
        TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class})
class BareService {

    static final String PROFILE = "bare";
    /** Directory of the payloads, below that where the program runs. */
    static final String PAYLOADS = "payloads";

    public static void main(String[] arguments) {
        SpringApplication.run(BareService.class, arguments);
    }

    @Profile(PROFILE)
    @RestController
    static class Payloads {

        private final Path directory = Path.of(PAYLOADS);

        private final Map<String, Object> objects = new ConcurrentHashMap<>();
        private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

        @GetMapping(path = "/objects/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
        Object object(@PathVariable String name) {
            return objects.computeIfAbsent(name, _ -> JsonMapper.shared().readValue(read(name), Object.class));
        }

        @GetMapping(path = "/bytes/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
        byte[] bytes(@PathVariable String name) {
            return bytes.computeIfAbsent(name, this::read);
        }

        private byte[] read(String name) {
            try {
                return Files.readAllBytes(directory.resolve(name + ".json"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
