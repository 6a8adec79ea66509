package dev.peerscope.view;

/** Values that the API's documentation shows. */
public final class Examples {

    public static final String PEER_ID = "16Uiu2HAm94LYCij7ptvqQwZTDYG1Po9iexQuQZ6RLvLuQahkguvL";
    public static final String OTHER_PEER_ID = "16Uiu2HAm6YjRdHTUZ7zX7QBKBLTewPywKg7gCwW3wdkisJ3HjcjT";
    public static final String ADDRESS = "/ip4/192.0.2.7/tcp/8070";
    public static final String FULL_ADDRESS = ADDRESS + "/p2p/" + PEER_ID;
    public static final String TREE_CID = "zDzSvJTf9YXuEu8mVWnE7Zubf27N9zF1fULcfVf5k9Drf1XW19rw";
    public static final String BLOCK_CID = "zDxWB8ECy9MViorJnQ3PMZHonKqpzMLSYkMboGZ2j1pM5PUSThFg";
    public static final String MANIFEST_CID = "zDvZRwzkwkBHL4s2iR32xzX2nCj6FQzu6cDj6Xfdhz5FLAnafciN";
    public static final String CURSOR = "AXdhbnQtbGlzdHx6RHhXQjhFQ3k5TVZpb3JKblEzUE1aSG9uS3FwekxTWWs";
    public static final String ID = "4c1f6a52-8a9e-4d0b-9f27-6f2c1f0f6d11";
    public static final String TIME = "2026-11-22T09:30:00.125Z";
    public static final String LATER = "2026-11-22T09:41:12.480Z";

    private Examples() {}
}
