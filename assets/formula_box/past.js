// What the box held before, step by step. A run of typing is one step; so is whatever replaced the
// whole formula at once.

const PAUSE = 700;
const MOST = 200;

export class Past {
  constructor(text) {
    this.steps = [{ text, start: text.length, end: text.length }];
    this.at = 0;
  }

  get present() {
    return this.steps[this.at];
  }

  get canUndo() {
    return this.at > 0;
  }

  get canRedo() {
    return this.at < this.steps.length - 1;
  }

  /** What is marked now, so that a way back leads here. */
  mark({ text, start, end }) {
    if (text === this.present.text) Object.assign(this.present, { start, end });
  }

  /**
   * @param {{text: string, start: number, end: number}} step the text, and what is marked in it
   * @param {string} kind "insert" and "delete" join the step before if it is fresh and of their
   * kind; "jump" is an example or a formula from the list
   */
  record(step, kind, now = performance.now()) {
    if (step.text === this.present.text) return;
    const joins =
      this.kind === kind &&
      (kind === "insert" || kind === "delete") &&
      now - this.time < PAUSE &&
      !this.canRedo &&
      this.canUndo;
    if (!joins) this.steps.splice(++this.at);
    this.steps[this.at] = { ...step, jump: kind === "jump" };
    if (this.steps.length > MOST) this.steps.splice(0, this.steps.length - MOST);
    this.at = this.steps.length - 1;
    this.kind = kind;
    this.time = now;
  }

  /**
   * One step back (-1) or forth (1): where that leads, and whether a whole formula was replaced on
   * the way; null at an end.
   */
  go(by) {
    const to = this.steps[this.at + by];
    if (!to) return null;
    const jumped = (by < 0 ? this.present : to).jump;
    this.at += by;
    this.kind = null;
    return { ...to, jumped };
  }
}
