package dev.peerscope.api;

import org.jspecify.annotations.Nullable;

import dev.peerscope.block.Cid;
import dev.peerscope.peer.PeerId;

/** A request that ends with a problem. */
final class ApiProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ApiProblem(ProblemType type, String detail) {
        this(Problem.of(type, detail), null);
    }

    ApiProblem(Problem problem, @Nullable Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
    }

    static ApiProblem unknownPeer(PeerId peer) {
        return new ApiProblem(ProblemType.UNKNOWN_PEER, "peer " + peer
                + " is neither connected nor among those that are remembered; see GET /api/v1/peers?state=all");
    }

    static ApiProblem departed(PeerId peer) {
        return new ApiProblem(ProblemType.PEER_DEPARTED,
                "peer " + peer + " is not connected any more; dial it with POST /api/v1/peers");
    }

    /** A CID in a body or a parameter that is none. */
    static Cid cid(String where, String text) {
        try {
            return Cid.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ApiProblem(Problem.of(ProblemType.MALFORMED_CID,
                    where + ": " + e.getMessage() + "; expected a CID in any multibase, such as zDz…"), e);
        }
    }

    Problem problem() {
        return problem;
    }
}
