package dev.peerscope.transport.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that holds libp2p's {@code PrivateKey} message and that only its owner can read. */
final class IdentityKeyFile {

    private static final int LENGTH_MAX = 256;
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE);

    private final Path file;

    IdentityKeyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    IdentityKey loadOrCreate(KeyType typeIfNew) {
        try {
            if (Files.notExists(file)) {
                create(IdentityKey.generate(typeIfNew));
            }
            return load();
        } catch (IOException e) {
            throw new IdentityKeyUnusable(file, "cannot be read or written (" + e + ")", e);
        }
    }

    private IdentityKey load() throws IOException {
        refuseIfOthersMayUseIt();
        if (Files.size(file) > LENGTH_MAX) {
            throw new IdentityKeyUnusable(file, "is longer than any key", null);
        }
        try {
            return IdentityKey.decode(Files.readAllBytes(file));
        } catch (InvalidKey e) {
            throw new IdentityKeyUnusable(file,
                    "does not hold a key (" + e.getMessage() + "); restore it, or remove it to get a new identity", e);
        }
    }

    /** The key appears under its name whole or not at all, and never replaces one that another process put there. */
    private void create(IdentityKey key) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new", ownerOnly());
        try {
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(key.privateKeyProtobuf());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            publish(draft);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void publish(Path draft) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its key is the one.
            return;
        } catch (UnsupportedOperationException e) {
            Files.move(draft, file);
        }
    }

    private void refuseIfOthersMayUseIt() throws IOException {
        if (!isPosix()) {
            return;
        }
        var permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IdentityKeyUnusable(file, "can be used by others (" + PosixFilePermissions.toString(permissions)
                    + "); run chmod 600 on it", null);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return isPosix()
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private boolean isPosix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
