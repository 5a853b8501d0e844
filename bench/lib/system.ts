/** A system under test: takes orders at a webhook, maps them, posts them to the sink. */
export interface SystemUnderTest {
  name: string;
  /** Processes whose CPU time counts, by what they are. */
  processes(): Record<string, number[]>;
  hookUrl: string;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
  /** Ends it as a power cut would: SIGKILL, no chance to write anything. */
  kill(): Promise<void>;
  /** Starts it again on the same data; resolves when the webhook answers. */
  restart(): Promise<void>;
}
