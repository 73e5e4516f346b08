const HEAD = 2048
const declared = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})/i

/**
 * The text of a page: in the charset that its header names, else its own head, else UTF-8 or, when it is none,
 * Windows-1252. What cannot be read becomes replacement characters, never an error.
 */
export function decodePage(body: Buffer, contentType: string): string {
  const named = /charset\s*=\s*["']?([\w:.-]{1,40})/i.exec(contentType)?.[1]
  const written = declared.exec(body.subarray(0, HEAD).toString('latin1'))?.[1]
  const decoder = decoderOf(named) ?? decoderOf(written)
  if (decoder) return decoder.decode(body)
  const text = new TextDecoder().decode(body)
  return text.includes('\u{fffd}') ? new TextDecoder('windows-1252').decode(body) : text
}

function decoderOf(label: string | undefined) {
  if (label === undefined) return undefined
  try {
    return new TextDecoder(label)
  } catch (error) {
    // Nobody knows a charset of this name.
    if (error instanceof RangeError) return undefined
    throw error
  }
}
