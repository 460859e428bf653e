using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Syntax;

public sealed class ExpressionTests
{
    [Fact]
    public void Equals_TheSameOperationFromTwoPlaces_IsEqual()
    {
        Expression left = new Operation("upper", [new PropertyReference("name") { Span = new SourceSpan(6, 4, 1, 7) }]);
        Expression right = new Operation("upper", [new PropertyReference("name")]);

        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    [Fact]
    public void Equals_OtherArguments_IsNotEqual() =>
        Assert.NotEqual<Expression>(
            new Operation("upper", [new PropertyReference("name")]),
            new Operation("upper", [new PropertyReference("nome")]));
}
