package dev.peerscope;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import dev.peerscope.limit.OutOfMemory;

/** Starts Peerscope as a Spring Boot application. */
@SpringBootApplication
public class PeerscopeApplication {

    static {
        // Here, since not everybody who starts the application does so by main.
        OutOfMemory.endsTheProcess();
    }

    public static void main(String[] args) {
        LifecycleConfiguration.ShutdownDeadline.register();
        SpringApplication.run(PeerscopeApplication.class, args);
    }
}
