export const settings = { avatars: process.env.AVATARS ?? '/var/lib/avatars' };
