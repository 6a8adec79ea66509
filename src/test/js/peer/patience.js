// How long is waited for a remote: so long that a machine that is busy is not taken for a remote that is gone.
export const PATIENCE_MS = 120_000
