export const isDockerfile = (path: string): boolean =>
  /(^|\/)(Dockerfile|Containerfile)(\.[\w.-]+)?$|\.[dD]ockerfile$/.test(path);

export const isCompose = (path: string): boolean =>
  /(?:^|\/)(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml$/.test(path);
