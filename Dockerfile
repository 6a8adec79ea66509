# syntax=docker/dockerfile:1
# Peerscope in a container: `docker build --tag peerscope .`, or docker/compose.yaml with a demo swarm, Prometheus and Grafana.
#
#     docker run --read-only --tmpfs /tmp --volume peerscope:/data --publish 127.0.0.1:8090:8090 --publish 8070:8070 \
#         --env PEERSCOPE_OPERATOR_TOKEN=… peerscope

# --- The jar, and the jar taken apart: what changes least often comes first in the image. ---------------------------------
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY config config
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --no-transfer-progress -Dmaven.test.skip=true package
RUN cp target/peerscope-*.jar peerscope.jar \
    && java -Djarmode=tools -jar peerscope.jar extract --layers --destination layers \
    && jar --extract --file "$(find layers -name 'sqlite-jdbc-*.jar')" "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" \
    && mkdir native && mv org/sqlite/native/Linux/*/libsqlitejdbc.so native/

# --- What runs. -----------------------------------------------------------------------------------------------------------
FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Peerscope" \
      org.opencontainers.image.description="Joins a Codex swarm as a peer and shows what every other peer has, wants and changes." \
      org.opencontainers.image.licenses="Apache-2.0"

RUN groupadd --system --gid 10001 peerscope \
    && useradd --system --uid 10001 --gid peerscope --home-dir /data --no-create-home --shell /usr/sbin/nologin peerscope \
    && install --directory --owner=peerscope --group=peerscope --mode=0750 /data

WORKDIR /opt/peerscope
COPY --from=build /build/layers/dependencies/ /build/layers/spring-boot-loader/ /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY --from=build /build/native/ ./native/
COPY LICENSE docker/health-probe docker/jvm.options ./

# The ahead-of-time cache: classes loaded and linked once, here. The JVM takes it only if it is the same JVM with the same jars
# under the same absolute names, and starts without it otherwise, silently; the second line would fail then. The training run
# ends before anything listens or dials.
RUN mkdir /tmp/training \
    && java @/opt/peerscope/jvm.options -XX:AOTCacheOutput=/opt/peerscope/peerscope.aot -Xlog:aot=error \
        -Djava.io.tmpdir=/tmp/training -Dpeerscope.data-directory=/tmp/training -Dspring.context.exit=onRefresh \
        -jar /opt/peerscope/peerscope.jar \
    && java @/opt/peerscope/jvm.options -XX:AOTCache=/opt/peerscope/peerscope.aot -XX:AOTMode=on --dry-run \
        -jar /opt/peerscope/peerscope.jar \
    && rm -rf /tmp/training /tmp/hsperfdata_*

# In a container every address is the container's own; what is published decides who reaches it. Commands need
# PEERSCOPE_OPERATOR_TOKEN from here on: without one the API can be read only.
ENV SERVER_ADDRESS=0.0.0.0 \
    PEERSCOPE_LISTEN_ADDRESSES=/ip4/0.0.0.0/tcp/8070 \
    PEERSCOPE_DATA_DIRECTORY=/data
EXPOSE 8070 8090
VOLUME /data
USER peerscope

HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["/opt/peerscope/health-probe"]

# The JVM is process 1 and gets SIGTERM itself: it closes streams and connections in order and ends with 143.
ENTRYPOINT ["java", "@/opt/peerscope/jvm.options", "-XX:AOTCache=/opt/peerscope/peerscope.aot", \
            "-jar", "/opt/peerscope/peerscope.jar"]
