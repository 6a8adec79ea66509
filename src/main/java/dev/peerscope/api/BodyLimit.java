package dev.peerscope.api;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;
import dev.peerscope.limit.LimitName;

/** Refuses bodies of more than 1 MiB, announced or not. */
final class BodyLimit extends OncePerRequestFilter {

    private final ProblemWriter problems;

    BodyLimit(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > RequestLimits.BODY_BYTES_MAX) {
            problems.write(request, response, tooLarge("the body has " + request.getContentLengthLong() + " bytes"));
        } else if (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null) {
            chain.doFilter(new Bounded(request), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Problem tooLarge(String what) {
        return Problem.of(ProblemType.TOO_LARGE, what + "; at most " + RequestLimits.BODY_BYTES_MAX + " are read")
                .withLimit(LimitName.REQUEST_BODY);
    }

    /** A request whose body ends with a problem when it turns out too long. */
    private static final class Bounded extends HttpServletRequestWrapper {

        Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedStream(super.getInputStream());
        }
    }

    private static final class BoundedStream extends ServletInputStream {

        private final ServletInputStream body;
        private long read;

        BoundedStream(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            return count(next, next < 0 ? 0 : 1);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = body.read(into, offset, length);
            return count(got, Math.max(got, 0));
        }

        private int count(int result, int bytes) {
            read += bytes;
            if (read > RequestLimits.BODY_BYTES_MAX) {
                throw new ApiProblem(tooLarge("the body has more than " + RequestLimits.BODY_BYTES_MAX + " bytes"),
                        null);
            }
            return result;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
