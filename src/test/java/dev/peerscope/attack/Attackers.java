package dev.peerscope.attack;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that is a {@link Crowd} until its standard input ends. Arguments: address and port of the service; then groups as
 * {@code CONDUCT:count:address:life}, datasets as {@code dataset=seed:blocks:blockSize}, {@code pace=millis}. It prints
 * {@code joined CONDUCT peerId} each time that somebody has joined.
 */
final class Attackers {

    private Attackers() {}

    /** What there is to say goes to the standard output. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        List<TestDataset> datasets = new ArrayList<>();
        List<Crowd.Group> groups = new ArrayList<>();
        long pace = 0;
        for (int i = 2; i < arguments.length; i++) {
            String[] named = arguments[i].split("=");
            switch (named[0]) {
                case "dataset" -> datasets.add(TestDataset.parse(named[1]));
                case "pace" -> pace = Long.parseLong(named[1]);
                default -> groups.add(Crowd.Group.parse(arguments[i]));
            }
        }
        var service = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        try (var crowd = new Crowd(service, new Conduct.Means(datasets, pace),
                (conduct, peerId) -> System.out.println("joined " + conduct + " " + peerId))) {
            groups.forEach(crowd::add);
            while (System.in.read() >= 0) {
                // Until its end.
            }
        }
        System.exit(0);
    }
}
