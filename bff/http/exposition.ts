/** A number, and the labels that tell it from others of its family. `suffix`: of a histogram, `_bucket`, `_sum` or `_count`. */
export interface Sample {
  suffix?: string
  labels?: Readonly<Record<string, string>>
  value: number
}

/** Numbers of one name (the text format 0.0.4 of Prometheus). */
export interface Family {
  name: string
  type: 'counter' | 'gauge' | 'histogram'
  help: string
  samples: readonly Sample[]
}

/** The media type of what `exposition` writes. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Families as text; those without a sample are left out. */
export function exposition(families: readonly Family[]): string {
  return families.filter(({ samples }) => samples.length > 0).map(({ name, type, help, samples }) =>
    `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n${samples.map((sample) => line(name, sample)).join('')}`).join('')
}

/** A family that is one number. */
export function gauge(name: string, help: string, value: number): Family {
  return { name, type: 'gauge', help, samples: [{ value }] }
}

function line(name: string, { suffix = '', labels = {}, value }: Sample): string {
  const named = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text).replaceAll('"', '\\"')}"`)
  return `${name}${suffix}${named.length === 0 ? '' : `{${named.join(',')}}`} ${value}\n`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
