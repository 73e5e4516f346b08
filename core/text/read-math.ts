/** Collects the text of one formula from what a walk reports inside it; `close` says when the formula itself ends. */
export type MathReader = {
  open: (name: string, attributes: Record<string, string>) => void
  text: (text: string) => void
  close: () => boolean
  read: () => string
}

/**
 * A MathML formula as its author typed it (HTML-11, FEP-dc88): the TeX annotation between dollar signs (two for a
 * block), else the plain annotation, else the `alttext`, else nothing. Annotations count in `math > semantics` only.
 */
export function readMath(math: Record<string, string>): MathReader {
  const path: string[] = []
  const annotations = new Map<string, string>()
  let encoding: string | undefined
  return {
    open(name, attributes) {
      path.push(name)
      const isAnnotation = path.length === 2 && path[0] === 'semantics' && name === 'annotation'
      if (isAnnotation) encoding = attributes.encoding?.toLowerCase()
    },
    text(text) {
      if (encoding !== undefined) annotations.set(encoding, (annotations.get(encoding) ?? '') + text)
    },
    close() {
      if (path.length <= 2) encoding = undefined
      return path.pop() === undefined
    },
    read() {
      const sign = math.display === 'block' ? '$$' : '$'
      const tex = annotations.get('application/x-tex')?.trim()
      if (tex) return sign + tex + sign
      return annotations.get('text/plain') ?? math.alttext ?? ''
    },
  }
}
