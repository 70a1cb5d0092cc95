/** An answer box that reopens its connection after a failure. */
import type { AnswerBox } from '../../ports/rounds.js';

export class ReconnectingBox {
  #box: Promise<AnswerBox> | null = null;

  constructor(private readonly open: () => Promise<AnswerBox>) {}

  /** Rejects like `work` or the opening. */
  async use<T>(work: (box: AnswerBox) => Promise<T>): Promise<T> {
    this.#box ??= this.open();
    const box = this.#box;
    try {
      return await work(await box);
    } catch (error) {
      if (this.#box === box) await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const box = this.#box;
    this.#box = null;
    await box?.then((open) => open.close()).catch(() => {});
  }
}
