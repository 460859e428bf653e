using Pudong.Twin.Domain.Elements;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Identity;

public sealed class ElementIdVectorsTests
{
    // Computed by another implementation of XXH64 and never changed: where an element lives follows from its hash, in every store there is.
    [Theory]
    [InlineData("sensor:smoke-000042", 0x10a8e563893ae1cb, 11, 6, 675)]
    [InlineData("enterprise:91310115MA1TWN0023", 0xd504b6972e1a18c6, 6, 4, 134)]
    [InlineData("building:b-000001", 0xc4502a78f92bcb65, 37, 2, 949)]
    [InlineData("village:310115104001", 0xf3c2f222af61f42b, 43, 3, 867)]
    [InlineData("town:310115004", 0xbd44506c386c12d9, 25, 3, 369)]
    [InlineData("district:310115", 0xc1ed5ff341c066dc, 28, 0, 52)]
    public void Partition_OfAnId_NeverChanges(string text, ulong hash, int of64, int of7, int of1000)
    {
        var id = ElementId.Parse(text);

        Assert.Equal(unchecked((int)hash), id.GetHashCode());
        Assert.Equal((of64, of7, of1000), (id.Partition(64), id.Partition(7), id.Partition(1_000)));
    }
}
