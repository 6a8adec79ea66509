/**
 * The archive of presence changes in one SQLite file.
 *
 * <p>Entries flow in from the journal's writer, some to a commit; pages, and states of past times, flow out to readers. The file is
 * made for curious eyes too: its view {@code changes} shows words where the tables have numbers.
 *
 * <p>A set of ranges is a blob of unsigned LEB128 varints, two for each range in ascending order: how far its first index lies
 * above the last of the range before (above -1 for the first range), less one; and how many indices follow the first.
 *
 * @see <a href="https://www.sqlite.org/wal.html">SQLite's write-ahead log</a>
 */
@NullMarked
package dev.peerscope.journal.sqlite;

import org.jspecify.annotations.NullMarked;
