package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import dev.peerscope.engine.EngineLimits;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

class WantBudgetTest {

    private final List<ExchangeEvent> events = new CopyOnWriteArrayList<>();
    private final EngineLoop loop = new EngineLoop(new ScriptedEngine(), NodeObserver.NONE, InstantSource.system(),
            NodeLimits.DEFAULT, () -> true);
    /** One watch or download, of 100 blocks at most. */
    private final WantBudget budget = new WantBudget(new EngineLimits(10, 100, 100, 10, 100, 100, 1, 10), loop);

    @Test
    void everyBoundThatIsMetIsTold() {
        budget.takeHolder();

        assertThatThrownBy(budget::takeHolder).isInstanceOf(LimitMetException.class);
        assertThatThrownBy(() -> budget.takeBlocks(101)).isInstanceOf(LimitMetException.class);

        loop.start(new RecordingEffects(), List.of(events::add), _ -> {});
        loop.close();
        assertThat(events).extracting(event -> ((LimitMet) event).limit()).containsExactly(LimitName.WANT_HOLDERS,
                LimitName.WANTS);
    }

    @Test
    void whatWasGivenBackCanBeTakenAgain() {
        budget.takeHolder();
        budget.takeBlocks(100);
        budget.giveBack(100);

        budget.takeHolder();
        budget.takeBlocks(100);

        var register = new LimitRegister();
        budget.register(register);
        assertThat(register.use(LimitName.WANT_HOLDERS).used()).isEqualTo(1);
    }
}
