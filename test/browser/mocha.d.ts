// Mocha's, which the browser's test runner brings.
declare function describe(title: string, define: () => void): void
declare function it(title: string, test: (this: { timeout: (ms: number) => void }) => Promise<void> | void): void
declare function before(prepare: () => Promise<void> | void): void
declare function after(clear: () => Promise<void> | void): void
declare function beforeEach(prepare: () => Promise<void> | void): void
declare function afterEach(clear: () => Promise<void> | void): void
