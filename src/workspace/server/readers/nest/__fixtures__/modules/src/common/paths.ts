export const PATHS = { users: 'users', picture: 'picture' } as const;
