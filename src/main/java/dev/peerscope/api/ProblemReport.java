package dev.peerscope.api;

import java.io.IOException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What the servlet container answers to what never reaches the application, such as a path that it cannot read: a problem, too. */
final class ProblemReport extends ErrorReportValve {

    private final ProblemWriter problems;

    ProblemReport(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        boolean nothingWentWrong = response.getStatus() < HttpStatus.BAD_REQUEST.value();
        if (nothingWentWrong || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            problems.write(request, response, ContainerProblems.of(response.getStatus(), request.getMethod()));
            response.finishResponse();
        } catch (IOException e) {
            // The client is gone; there is nobody to tell.
        }
    }
}
