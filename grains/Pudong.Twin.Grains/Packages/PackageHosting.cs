using Microsoft.Extensions.DependencyInjection;
using Pudong.Twin.Grains.Catalogue;
using Pudong.Twin.Grains.Packages;

namespace Orleans.Hosting;

/// <summary>Registers the catalogue of model packages and the shelf of compiled ones.</summary>
public static class PackageHosting
{
    /// <summary>Lets the catalogue live on a silo and gives the silo its compiled packages.</summary>
    /// <remarks>It needs an <c>IEventLog</c>, a grain storage named <c>twin</c> and a <see cref="TimeProvider"/>.</remarks>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Changes the catalogue's options after the configuration section <c>Twin:Catalogue</c> was read.</param>
    public static ISiloBuilder AddTwinPackages(this ISiloBuilder builder, Action<CatalogueOptions>? configure = null)
    {
        builder.Services.AddOptionsWithValidateOnStart<PackageShelfOptions, PackageShelfOptionsValidator>().BindConfiguration("Twin:Packages");
        builder.Services.AddOptionsWithValidateOnStart<CatalogueOptions, CatalogueOptionsValidator>()
            .BindConfiguration("Twin:Catalogue").Configure(configure ?? (_ => { }));
        builder.Services.AddSingleton<IPackageShelf, PackageShelf>();
        return builder;
    }
}
