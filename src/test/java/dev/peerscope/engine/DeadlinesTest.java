package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final Deadlines deadlines = new Deadlines();
    private final List<String> done = new ArrayList<>();

    @Test
    void whatIsDueIsDoneTheEarliestFirst() {
        create("later").set(at(2));
        create("earlier").set(at(1));
        create("notYet").set(at(9));

        deadlines.reached(at(5));

        assertThat(done).containsExactly("earlier", "later");
        assertThat(deadlines.earliest()).contains(at(9));
    }

    @Test
    void aDeadlineCanBeMovedAndCleared() {
        Deadlines.Deadline moved = create("moved");
        Deadlines.Deadline cleared = create("cleared");
        moved.set(at(1));
        cleared.set(at(1));

        moved.set(at(7));
        cleared.clear();
        deadlines.reached(at(5));

        assertThat(done).isEmpty();
        assertThat(deadlines.earliest()).contains(at(7));
    }

    @Test
    void whatComesFirstCanClearOrMoveWhatIsDueAtTheSameTime() {
        Deadlines.Deadline second = create("second");
        Deadlines.Deadline third = create("third");
        Deadlines.Deadline first = deadlines.create(() -> {
            second.clear();
            third.set(at(9));
        });
        first.set(at(1));
        second.set(at(2));
        third.set(at(2));

        deadlines.reached(at(5));

        assertThat(done).isEmpty();
        assertThat(deadlines.earliest()).contains(at(9));
    }

    @Test
    void whatIsSetMeanwhileWaitsForItsOwnTime() {
        var again = new Deadlines.Deadline[1];
        again[0] = deadlines.create(() -> {
            done.add("again");
            again[0].set(at(1));
        });
        again[0].set(at(1));

        deadlines.reached(at(5));

        assertThat(done).containsExactly("again");
        assertThat(deadlines.earliest()).contains(at(1));
    }

    private Deadlines.Deadline create(String name) {
        return deadlines.create(() -> done.add(name));
    }

    private static Instant at(long second) {
        return TestNode.START.plusSeconds(second);
    }
}
