package dev.peerscope.limit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A flag of the virtual machine that runs us, switched on as {@code -XX:+…} would have done. It is found by the tables with which HotSpot
 * describes its own data to debuggers ({@code gHotSpotVMStructs} in {@code vmStructs.hpp}), so nothing is assumed of a version.
 */
final class HotSpotFlag {

    private final SymbolLookup machine = SymbolLookup.libraryLookup(
            Path.of(System.getProperty("java.home"), "lib", "server", System.mapLibraryName("jvm")), Arena.global());
    private final List<Field> fields = table("Struct", Field::new);
    private final long flagLength = table("Type", Type::new).stream().filter(type -> "JVMFlag".equals(type.name))
            .findFirst().orElseThrow().length;

    private record Field(String type, String name, long offset, MemorySegment address) {

        Field(MemorySegment entry) {
            this(text(entry, 0), text(entry, 8), entry.get(JAVA_LONG, 32), entry.get(ADDRESS, 40));
        }
    }

    private record Type(String name, long length) {

        Type(MemorySegment entry) {
            this(text(entry, 0), entry.get(JAVA_LONG, 32));
        }
    }

    private HotSpotFlag() {}

    /**
     * Switches a flag on that is true or false.
     *
     * @throws RuntimeException
     *             when this machine does not describe itself so, or has no such flag
     */
    static void switchOn(String name) {
        new HotSpotFlag().find(name).orElseThrow().set(JAVA_BYTE, 0, (byte) 1);
    }

    private Optional<MemorySegment> find(String name) {
        long count = field("numFlags").address.reinterpret(JAVA_LONG.byteSize()).get(JAVA_LONG, 0);
        var flags = pointer(field("flags").address).reinterpret(count * flagLength);
        for (long i = 0; i < count; i++) {
            var flag = flags.asSlice(i * flagLength, flagLength);
            if (name.equals(text(flag, field("_name").offset))) {
                return Optional.of(flag.get(ADDRESS, field("_addr").offset).reinterpret(JAVA_BYTE.byteSize()));
            }
        }
        return Optional.empty();
    }

    private Field field(String name) {
        return fields.stream().filter(field -> "JVMFlag".equals(field.type) && name.equals(field.name)).findFirst()
                .orElseThrow();
    }

    /** The entries of a table, up to the one without a name. */
    private <T> List<T> table(String kind, Function<MemorySegment, T> entry) {
        long stride = symbol("gHotSpotVM" + kind + "EntryArrayStride").reinterpret(JAVA_LONG.byteSize())
                .get(JAVA_LONG, 0);
        var table = pointer(symbol("gHotSpotVM" + kind + "s")).reinterpret(Long.MAX_VALUE);
        List<T> entries = new ArrayList<>();
        for (long at = 0; table.get(ADDRESS, at).address() != 0; at += stride) {
            entries.add(entry.apply(table.asSlice(at, stride)));
        }
        return entries;
    }

    private MemorySegment symbol(String name) {
        return machine.find(name).orElseThrow();
    }

    private static MemorySegment pointer(MemorySegment at) {
        return at.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
    }

    private static String text(MemorySegment struct, long at) {
        var text = struct.get(ADDRESS, at);
        return text.address() == 0 ? "" : text.reinterpret(Integer.MAX_VALUE).getString(0);
    }
}
