import { type CodeFault, codeFault, formatCode, normalizeCode } from '../../bff/rules/code.ts'

/** Faults that are told while somebody still types; the others only when the button is pressed. */
const AT_ONCE: readonly (CodeFault | null)[] = ['check', 'lower-case', 'signs']
/** Input that was not typed: pasted, dropped, or put in place by the system. */
const NOT_TYPED = /^insert(From|Repl)/

/** What stands in the field, and what is wrong with it (R13, R14). */
export class CodeEntry {
  /** The text as it is shown. */
  text = ''
  /** The fault that is told. */
  fault: CodeFault | null = null

  /** The code in the text. */
  get code(): string {
    return normalizeCode(this.text)
  }

  /** Whether the code is one of ours and right, so that it can be looked up without being asked to. */
  get isOurs(): boolean {
    const { code } = this
    return codeFault(code) === null && formatCode(code) !== code
  }

  /** Takes what stands in the field now. What was pasted and is right is put in order; what is typed stays as it is. */
  input(text: string, inputType: string): void {
    this.text = text
    const fault = codeFault(this.code)
    if (fault === null && NOT_TYPED.test(inputType)) this.text = formatCode(this.code)
    this.fault = AT_ONCE.includes(fault) ? fault : null
  }

  /** Checks everything; answers whether the code may exist. */
  check(): boolean {
    this.fault = codeFault(this.code)
    return this.fault === null
  }

  clear(): void {
    this.text = ''
    this.fault = null
  }
}
