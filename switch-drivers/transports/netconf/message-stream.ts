import type { Duplex } from 'node:stream';
import { FabricError, isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { sessionLost } from './errors.ts';
import { encodeFrame, FrameDecoder, type Framing } from './framing.ts';
import type { XmlElement } from './xml/element.ts';
import { parseXml } from './xml/parse.ts';
import { writeXml } from './xml/write.ts';

/** What a session runs over. */
export interface Transport {
  /** The switch's name. */
  name: string;
  stream: Duplex;
  /** Closes what the stream runs in. */
  dispose(): void;
  /** Tells when that broke: the stream alone may not notice. */
  onLost?(listener: (reason: string) => void): void;
  maxMessageBytes?: number;
}

export interface MessageStreamOptions extends Transport {
  onMessage(message: XmlElement): void;
  /** Told once, whoever ended it. */
  onEnd(reason: FabricError): void;
}

/** XML messages both ways over a stream. What cannot be read ends it. */
export class MessageStream {
  readonly #options: MessageStreamOptions;
  readonly #decoder: FrameDecoder;
  #framing: Framing = 'end-of-message';
  #ended: FabricError | null = null;
  #expected: FabricError | null = null;

  constructor(options: MessageStreamOptions) {
    this.#options = options;
    this.#decoder = new FrameDecoder(options.maxMessageBytes);
    const { stream } = options;
    stream.on('data', (piece: Buffer) => this.#receive(piece));
    stream.on('error', (error) => this.#lost(error.message));
    stream.on('end', () => this.#lost('the device closed the session'));
    stream.on('close', () => this.#lost('the device closed the session'));
    options.onLost?.((reason) => this.#lost(reason));
  }

  get ended(): FabricError | null {
    return this.#ended;
  }

  useChunked(): void {
    this.#framing = 'chunked';
    this.#decoder.useChunked();
  }

  send(message: XmlElement): void {
    if (this.#ended) throw this.#ended;
    this.#options.stream.write(encodeFrame(writeXml(message), this.#framing));
  }

  /** From now on the device may hang up; then this is the reason. */
  expectEnd(reason: FabricError): void {
    this.#expected = reason;
  }

  end(reason: FabricError): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#options.stream.end();
    this.#options.dispose();
    this.#options.onEnd(reason);
  }

  #lost(reason: string): void {
    this.end(this.#expected ?? sessionLost(this.#options.name, reason));
  }

  #receive(piece: Buffer): void {
    if (this.#ended) return;
    try {
      this.#decoder.push(piece, (text) => {
        if (!this.#ended) this.#options.onMessage(parseXml(text));
      });
    } catch (error) {
      const { name } = this.#options;
      this.end(
        new FabricError(
          isFabricError(error) ? error.code : 'netconf_malformed',
          `switch ${name}: ${messageOf(error)}`,
          {
            context: { switch: name },
            cause: error,
          },
        ),
      );
    }
  }
}
