package dev.peerscope.docker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.peerscope.it.RequiresPrograms;

/** Marks tests that ask the real Prometheus; Debian's package {@code prometheus} brings both programs. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RequiresPrograms(value = {"prometheus",
        "promtool"}, requiredBy = "peerscope.requirePrometheus", otherwise = "neither the rules nor the scraping were tried with a real Prometheus")
@interface RequiresPrometheus {}
