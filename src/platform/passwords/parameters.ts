/** argon2id at OWASP's figures: about 28 ms and 19 MiB a hash. */
export const PARAMETERS = { type: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Milliseconds of one hash, for estimates only. */
export const HASH_MS = 30;

/** A hash with the same parameters of a password that was random and forgotten: what unknown accounts are checked against. */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,p=1,t=2$hopyVq7FrenqLFi9wDV8jA$Qy2o+VLUlwkUWy9wbeBeDsq2fGbZR5cTgQ5mM6n263g';
