/** The Kubernetes API refused a call. `message` is the server's own words with the call in front. */
export class KubeApiError extends Error {
  override readonly name = 'KubeApiError';
  readonly status: number;
  /** Reason word of the Status object, for example `NotFound`; empty when there is none. */
  readonly reason: string;

  constructor(message: string, status: number, reason: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  /** From the body of an answer, which is a Status object when the server is Kubernetes. */
  static from(method: string, path: string, status: number, body: string): KubeApiError {
    let said: { message?: string; reason?: string } = {};
    try {
      said = JSON.parse(body) as typeof said;
    } catch {
      said = { message: body.slice(0, 200) };
    }
    return new KubeApiError(`${method} ${path}: ${status} ${said.message ?? ''}`, status, said.reason ?? '');
  }
}
