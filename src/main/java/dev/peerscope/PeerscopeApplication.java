package dev.peerscope;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Peerscope as a Spring Boot application. */
@SpringBootApplication
public class PeerscopeApplication {

    public static void main(String[] args) {
        ShutdownDeadline.register();
        SpringApplication.run(PeerscopeApplication.class, args);
    }
}
