/**
 * The HTTP API: REST and server-sent events under {@code /api/v1}.
 *
 * <p>
 * Requests flow in; views flow out as JSON, and every failure as a problem detail (RFC 9457) of a documented type. A controller
 * reads its arguments, asks a view or gives the node a command, and names the answer; it decides nothing about the exchange.
 * {@code docs/reference/openapi.json} is the contract that is made from these classes.
 */
@NullMarked
package dev.peerscope.api;

import org.jspecify.annotations.NullMarked;
