declare module '@custom-elements-manifest/analyzer/cli.js' {
  /** Runs the analyzer; answers the manifest. */
  export function cli(options: { argv: string[]; cwd: string; noWrite: boolean }): Promise<unknown>
}
