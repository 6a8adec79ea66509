package dev.peerscope.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import dev.peerscope.journal.ChangeJournal;

@Tag(name = "History", description = "What is kept of presence changes.")
@RestController
@RequestMapping(path = ApiPaths.BASE + "/history")
final class HistoryController {

    private final ChangeJournal journal;

    HistoryController(ChangeJournal journal) {
        this.journal = journal;
    }

    @Operation(summary = "The clock is right", description = "Confirms the clock after it has jumped by more than a day, or after the service was off for longer "
            + "(`clock` in the part `history` of `/actuator/health`). Until then, or until the clock is back, at most 1 % of the changes "
            + "that are kept is forgotten an hour for age; from now on all that are older than `peerscope.history.max-age` by this clock "
            + "are. The answer is the same where nothing is in doubt.")
    @ApiResponse(responseCode = "204", description = "The clock is believed.")
    @Problems({})
    @PostMapping("/accept-clock")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void acceptClock() {
        journal.acceptClock();
    }
}
