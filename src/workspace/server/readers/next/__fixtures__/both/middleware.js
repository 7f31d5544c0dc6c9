export function middleware(request) {}
