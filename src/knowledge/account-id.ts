/** For an account that nobody gave a number: free in every distribution's own range, and high enough for no user of the host to have it. */
export const accountId = 10001;
