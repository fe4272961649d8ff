export const BYTES_IN_MB = 1_000_000;

/**
 * Reads an answer to its end, or gives up and hangs up where it is longer than allowed.
 * @throws what the connection fails of
 */
export async function bytesOf(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Buffer | 'too many'> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    length += bytes.length;
    // Leaving the loop destroys the stream, and the connection with it.
    if (length > maxBytes) return 'too many';
    chunks.push(bytes);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks, length);
}
