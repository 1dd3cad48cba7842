import { createColors, isColorSupported } from 'picocolors';

/** The part of a terminal, or of a file that stands for one, that is written to. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** What a person sees: lines that stay and, on a terminal, below them a block that is redrawn in place. */
export class Screen {
  readonly isTerminal: boolean;
  readonly colors: ReturnType<typeof createColors>;
  private block: readonly string[] = [];
  private isClosed = false;

  constructor(private readonly output: Output) {
    this.isTerminal = output.isTTY === true;
    this.colors = createColors(this.isTerminal && isColorSupported);
  }

  get columns(): number {
    return this.output.columns ?? 100;
  }

  /** Writes a line that stays, above the block. */
  line(text = ''): void {
    this.output.write(`${this.eraser()}${text}\n${this.block.map((row) => `${row}\n`).join('')}`);
  }

  /** Redraws the block; only for a terminal. */
  draw(rows: readonly string[]): void {
    if (this.isClosed) return;
    const erase = this.eraser();
    this.block = rows;
    this.output.write(erase + rows.map((row) => `${row}\n`).join(''));
  }

  /** The block stays as it is from here on. */
  settle(): void {
    this.block = [];
  }

  /** No block is drawn any more, whoever still tries; lines are. */
  close(): void {
    this.settle();
    this.isClosed = true;
  }

  private eraser(): string {
    return this.block.length > 0 ? `\u001B[${this.block.length}A\u001B[0J` : '';
  }
}
