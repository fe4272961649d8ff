/** One request as it ended, for the error and, if asked for, the output. */
export type Attempt = {
  /** ISO date and time */
  started_at: string;
  duration_ms: number;
  /** `ok`, or the kind of failure */
  result: string;
  http_status: number | null;
  error_code: string | null;
  request_id: string | null;
};
