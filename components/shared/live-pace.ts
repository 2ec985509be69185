/** The times of following changes (ms). */
export const PACE = {
  /** How long a page waits for a stream before it asks by itself, and how often it then does. */
  firstPoll: 5_000,
  nextPoll: 15_000,
  /** A stream that says nothing for so long is dead; the BFF says something every 15 s. The same of the page that reads it. */
  silence: 40_000,
  /** Shortest time between two rounds of asking for what changed, however much does. */
  calm: 250,
  /** First and longest wait before a stream is asked for again. */
  firstTry: 2_000,
  lastTry: 30_000,
  /** The same where the BFF has no stream for who asks. */
  rarely: 600_000,
}
