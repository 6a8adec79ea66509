package dev.peerscope.api;

import java.beans.PropertyEditorSupport;

import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.journal.Order;
import dev.peerscope.view.PeerState;

/**
 * Keeps the names of Java's constants out of the API.
 *
 * <p>
 * Where a converter refuses a text, Spring's binder tries it as the name of an enum constant, so {@code CONNECTED} would be read
 * beside {@code connected}. It does not where an editor has spoken.
 */
@ControllerAdvice
final class WordEditors {

    @InitBinder
    void register(WebDataBinder binder) {
        register(binder, PeerState.class);
        register(binder, Order.class);
        register(binder, PresenceChange.class);
        register(binder, PresenceReason.class);
    }

    private static <E extends Enum<E>> void register(WebDataBinder binder, Class<E> type) {
        binder.registerCustomEditor(type, new PropertyEditorSupport() {
            @Override
            public void setAsText(String text) {
                setValue(ParameterReading.word(type, text));
            }
        });
    }
}
