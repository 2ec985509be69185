/** Version of the package and of the interface. */
export const VERSION = '0.1.0'
