/** To come. */
export {}
