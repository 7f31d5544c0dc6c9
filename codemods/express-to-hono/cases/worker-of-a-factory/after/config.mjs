export const readConfig = () => ({ greeting: 'hello' });
